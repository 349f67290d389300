"""What is told to one person at one moment, once: reminders, offers, messages to many."""
