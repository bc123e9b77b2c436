-- Whoever shows a case shows the addresses of its people: from a contact to its identities.
create index contact_identity_of_contact on contact_identity (account_id, contact_id);
