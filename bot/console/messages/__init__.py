"""Messages to many in the console: made, looked at in every language, agreed to, watched."""
