//! Tells cargo that a new migration changes what is compiled in.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
