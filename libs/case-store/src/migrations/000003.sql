-- How often an interaction was told: what a person releases, and what later facts change, is a further revision.
alter table interaction add column revision int not null default 1;

-- Ids of contacts say nothing about them any more, so it is the identity that two transactions agree on: one contact
-- has it, unless it is known to be shared. Mail addresses had this from the beginning.
create unique index contact_identity_holder on contact_identity (account_id, kind, value)
  where kind <> 'email' and not is_shared;

-- Facts about interactions that are told piece by piece: which were folded in, so that a repetition is known. What they
-- said is in the interaction.
create table fact (
  account_id uuid not null,
  id uuid not null,
  interaction_id uuid not null,
  primary key (account_id, id)
);
