//! The server over HTTP, on a real database.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod api_keys;
#[cfg(test)]
mod app;

#[cfg(test)]
mod attributes;
mod bodies;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod credits;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod experiments;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod health;
#[cfg(test)]
mod leads;
#[cfg(test)]
mod mails;
#[cfg(test)]
mod my_account;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod reach;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod session;
#[cfg(test)]
mod sign_up;
#[cfg(test)]
mod teams;
#[cfg(test)]
mod territories;
#[cfg(test)]
mod versions;
