"""What tests share: rooms in their notation, browsers, servers, and each gesture once."""
