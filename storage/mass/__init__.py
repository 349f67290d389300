"""Messages to many: who is written to, what they are told, who agreed, and how far it has come."""
