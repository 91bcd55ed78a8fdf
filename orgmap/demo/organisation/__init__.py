"""Skerry & Fell, a railway and ferry company that does not exist, as readable data.

The story: customer care and marketing meet the same travellers on the same platforms and have agreed nothing; human
resources and the brand studio run look-alike accounts; a task force of twelve talks about everything; a storm desk of
four does one thing well; and some accounts have lost their owner, their purpose or their last post.
"""
