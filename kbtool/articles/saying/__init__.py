"""What agents say: sentences, their words, numbers, menu paths and what they deny."""
