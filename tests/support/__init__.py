"""What tests share: sites served on loopback, runners of crawls, and documents made from a seed."""
