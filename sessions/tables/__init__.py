"""Tables as files: what a spreadsheet wrote is read with limits, what is written for one never computes."""
