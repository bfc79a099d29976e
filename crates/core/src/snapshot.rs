//! A decision's inputs in compact, versioned bytes.
