CREATE TABLE applications (
	id CHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	key_digest VARCHAR(64) NOT NULL,
	secret_digest VARCHAR(64) NOT NULL,
	jwt_private_key_digest VARCHAR(64) NOT NULL,
	credentials_version INTEGER NOT NULL,
	credits BIGINT,
	served_s DOUBLE NOT NULL,
	created_s DOUBLE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (key_digest)
);
CREATE TABLE photoshoot_schema (
	version INTEGER NOT NULL,
	PRIMARY KEY (version)
);
CREATE TABLE assets (
	id CHAR(32) NOT NULL,
	application_id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	product_name TEXT NOT NULL,
	product_description TEXT NOT NULL,
	created_s DOUBLE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(application_id) REFERENCES applications (id)
);
CREATE INDEX ix_assets_application_id ON assets (application_id);
CREATE TABLE notification_channels (
	id CHAR(32) NOT NULL,
	application_id CHAR(32) NOT NULL,
	name VARCHAR(200) NOT NULL,
	url TEXT NOT NULL,
	with_image BOOLEAN NOT NULL,
	is_active BOOLEAN NOT NULL,
	secret VARCHAR(100) NOT NULL,
	created_s DOUBLE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(application_id) REFERENCES applications (id)
);
CREATE INDEX ix_notification_channels_application_id ON notification_channels (application_id);
CREATE TABLE processes (
	id CHAR(32) NOT NULL,
	application_id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	asset_id CHAR(32) NOT NULL,
	ordered JSON NOT NULL,
	seed INTEGER NOT NULL,
	idempotency_key VARCHAR(255),
	order_digest VARCHAR(64) NOT NULL,
	trace_id TEXT,
	created_s DOUBLE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (application_id, idempotency_key),
	FOREIGN KEY(application_id) REFERENCES applications (id),
	FOREIGN KEY(asset_id) REFERENCES assets (id)
);
CREATE INDEX processes_of_application ON processes (application_id, created_s);
CREATE INDEX processes_of_user ON processes (application_id, user_id, created_s);
CREATE TABLE tasks (
	id CHAR(32) NOT NULL,
	process_id CHAR(32) NOT NULL,
	application_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	prompt_index INTEGER NOT NULL,
	size_label VARCHAR(40) NOT NULL,
	canvas VARCHAR(60) NOT NULL,
	state INTEGER NOT NULL,
	error_message TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	lease CHAR(32),
	lease_until_s DOUBLE,
	queued_s DOUBLE NOT NULL,
	started_s DOUBLE,
	finished_s DOUBLE,
	PRIMARY KEY (id),
	UNIQUE (process_id, position),
	FOREIGN KEY(process_id) REFERENCES processes (id),
	FOREIGN KEY(application_id) REFERENCES applications (id)
);
CREATE INDEX ix_tasks_finished_s ON tasks (finished_s);
CREATE INDEX ix_tasks_lease ON tasks (lease);
CREATE INDEX tasks_waiting ON tasks (state, application_id, queued_s);
CREATE TABLE credit_entries (
	number INTEGER NOT NULL,
	application_id CHAR(32) NOT NULL,
	task_id CHAR(32),
	amount BIGINT NOT NULL,
	created_s DOUBLE NOT NULL,
	PRIMARY KEY (number),
	FOREIGN KEY(application_id) REFERENCES applications (id),
	UNIQUE (task_id),
	FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE INDEX ix_credit_entries_application_id ON credit_entries (application_id);
CREATE TABLE deliveries (
	number INTEGER NOT NULL,
	id CHAR(32) NOT NULL,
	channel_id CHAR(32) NOT NULL,
	process_id CHAR(32) NOT NULL,
	task_id CHAR(32),
	body JSON NOT NULL,
	state VARCHAR(20) NOT NULL,
	tries INTEGER NOT NULL,
	next_try_s DOUBLE NOT NULL,
	lease CHAR(32),
	last_error TEXT NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (id),
	FOREIGN KEY(channel_id) REFERENCES notification_channels (id) ON DELETE CASCADE,
	FOREIGN KEY(process_id) REFERENCES processes (id),
	FOREIGN KEY(task_id) REFERENCES tasks (id)
);
CREATE INDEX deliveries_due ON deliveries (state, next_try_s);
CREATE INDEX ix_deliveries_channel_id ON deliveries (channel_id);
CREATE INDEX ix_deliveries_process_id ON deliveries (process_id);
INSERT INTO photoshoot_schema (version) VALUES (1);
