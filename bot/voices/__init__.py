"""What Antenna says, read aloud: by a person who recorded it, or by a machine."""
