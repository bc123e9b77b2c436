-- How often an interaction was told: what a person releases, and what later facts change, is a further revision.
alter table interaction add column revision int not null default 1;
