"""The operators' room: pages to sign in, to read reports and to look after who may."""
