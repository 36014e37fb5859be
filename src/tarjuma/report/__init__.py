"""Problems and counts as text for people and machines. Pure: everything returns strings."""
