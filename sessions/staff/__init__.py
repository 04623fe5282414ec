"""The staff's desk itself: who gets in, by which second factor, and what each group may do."""
