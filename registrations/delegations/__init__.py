"""A focal point signs up many people at once; each of them confirms."""
