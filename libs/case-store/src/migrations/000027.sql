-- What agents pressed goes with the calls and cases that it is about: by whom it is found then.

-- Whom an agent chose goes with the event that said so.
create index contact_choice_event on contact_choice (account_id, event_id);
-- Cases that were opened without a call.
create index callbar_event_case on callbar_event (account_id, case_id) where interaction_id is null and case_id is not null;
-- What was said in a comment goes with that.
create index callbar_event_said on callbar_event using gin (said_in) where said_in <> '{}';
