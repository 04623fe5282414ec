"""The programme: seasons, streams, sessions, time slots, and what is published afterwards."""
