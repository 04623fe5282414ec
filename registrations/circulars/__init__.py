"""Letters of staff to people whom they choose: drafts, sending with a number confirmed, taking back."""
