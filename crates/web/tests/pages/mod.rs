mod accounts;
mod connections;
mod guards;
mod imports;
mod members;
mod roles;
mod senders;
mod settings;
