//! Properties, twins and golden decisions of the core.

#[cfg(test)]
mod backtest;
#[cfg(test)]
mod decide;
#[cfg(test)]
mod pick;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod territory;
