-- Which calls are one matter: with whom each was, on which line, and what came of it.
alter table interaction
  -- As identities are named (`phone:+351…`): the customer of a call or of a message left in one who shows the number.
  add column spoken_with text,
  -- Address of the line of ours.
  add column line text,
  add column call_outcome text;

create index interaction_spoken_with on interaction (account_id, spoken_with, occurred_at) where spoken_with is not null;
