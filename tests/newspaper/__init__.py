"""The demo newspaper: written for the purpose, generated from truth.json, served on loopback. See site.py and serve.py."""
