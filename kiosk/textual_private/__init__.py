"""What touches the private names of Textual and Rich; nothing outside this folder does."""
