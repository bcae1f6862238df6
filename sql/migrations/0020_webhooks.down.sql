-- Endpoints, their secrets and what still waits for them are lost.
drop table webhook_attempt;
drop table webhook_delivery;
drop table webhook_message;
drop table webhook_secret;
drop table webhook_endpoint;
