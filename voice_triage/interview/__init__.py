"""What happens next in the conversation: events in, a new state and effects out."""
