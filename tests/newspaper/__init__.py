"""The demo newspaper: invented articles in truth.json, served on loopback. See site.py and serve.py."""
