mod dates;
mod faults;
mod files;
mod order;
mod samples;
mod twin;
mod why;
