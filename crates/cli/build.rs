//! What the C library is told before `main`: see `arenas.c`.

fn main() {
    println!("cargo:rerun-if-changed=arenas.c");
    cc::Build::new().file("arenas.c").link_lib_modifier("+whole-archive").compile("arenas");
}
