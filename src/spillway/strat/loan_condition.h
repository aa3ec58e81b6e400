#pragma once
// Conditions on loans: "orig_ltv > 80 and mi_flag = N".

#include <string_view>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/result/issue.h"

namespace spillway::strat {

/// 1 for each loan of the tape that meets every clause of `text`, the clauses joined by "and". A clause is all, arm or fixed,
/// a number column compared with a number (> >= < <= = !=), or a text column that is (=) or is not (!=) a word. A loan whose
/// number is unknown meets no comparison; an unknown text is the empty word.
///
/// Every bad clause is an issue at `where`: no clause, no such attribute (with the near one), a date, text that is not
/// compared with = or !=.
result::Result<std::vector<char>> loans_where(const pool::LoanTape& tape, const pool::ProductTable& products,
                                              std::string_view text, const result::Location& where);

}  // namespace spillway::strat
