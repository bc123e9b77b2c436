-- Calls between agents are recorded like others.
alter table interaction
  drop constraint interaction_direction_check,
  add constraint interaction_direction_check check (direction in ('inbound', 'outbound', 'internal'));
