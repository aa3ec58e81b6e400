#pragma once
// The formulas by the part of the book they stand in. Private to book.

#include <span>

#include "spillway/book/formulas.h"

namespace spillway::book {

std::span<const Formula> class_formulas();       ///< prices, lives, enhancement, available rate, decrements, yields
std::span<const Formula> loss_formulas();        ///< loss grid, break-evens, schedules by period, residual
std::span<const Formula> collateral_formulas();  ///< pool summary and stratification tables
std::span<const Formula> cash_flow_formulas();   ///< cash flows by period
std::span<const Formula> appendix_formulas();    ///< scenarios, curves, index paths, hedges, runs, conventions

}  // namespace spillway::book
