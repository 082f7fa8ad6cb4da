"""strip/rules"""
