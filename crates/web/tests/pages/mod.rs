mod accounts;
mod connections;
mod guards;
mod members;
mod roles;
mod senders;
mod settings;
