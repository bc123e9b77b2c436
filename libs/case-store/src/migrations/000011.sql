-- Fields that an account adds to its cases. Their values are in `cases.custom_fields`, by key.
create table case_field (
  account_id uuid not null references account (id),
  id uuid not null,
  key text not null,
  label text not null,
  description text not null default '',
  type text not null check (type in (
    'checkbox', 'text', 'multi_line_text', 'numeric', 'decimal', 'date', 'dropdown', 'multi_select', 'dependent_field'
  )),
  -- A case is not resolved without it.
  required boolean not null default false,
  active boolean not null default true,
  position int not null default 0,
  -- Choices: [{key, label, active, children}].
  options jsonb not null default '[]',
  version int not null default 1,
  -- The version in which each part changed last, by its public name.
  changed_in jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (account_id, id),
  unique (account_id, key)
);

-- Cases by what their fields say. What mails open has none of them and is not in it.
create index cases_custom_fields on cases using gin (custom_fields jsonb_path_ops) where custom_fields <> '{}';
