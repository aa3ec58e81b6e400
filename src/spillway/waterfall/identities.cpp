// The identities that every period of every run must satisfy.

#include <algorithm>
#include <cstdio>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

std::string dollars(double amount) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6f", amount);
  return text;
}

void Runner::check_paid_out(std::size_t t) {
  for (const deal::Fund* fund : emptied_) {
    const double left = slot(fund->remaining_slot);
    if (std::abs(left) <= tolerance_) continue;
    if (left < 0.0) {
      fail(t, fund->name + " is filled with $" + dollars(left) + ", and no step can make that good",
           "let it be no less than 0, as in max(0, ...), and take what it lacks off another fund");
      continue;
    }
    fail(t, "$" + dollars(left) + " of " + fund->name + " is left when all steps are done",
         "add a last step that pays what remains, such as {pay: residual, from: " + fund->name + ", to: ...}");
  }
}

void Runner::check_accounts_released(std::size_t t) {
  for (std::size_t a = 0; a < deal_.accounts.size(); ++a) {
    const std::string& name = deal_.accounts[a].name;
    const double left = state_.of_account(static_cast<int>(a))[deal::account_balance];
    if (left <= tolerance_) continue;
    fail(t, "$" + dollars(left) + " is left in the account " + name + ", and the run ends",
         "release it when the classes are retired, as in {pay: residual, from: " + name + ", amount: " + name + ".excess, to: ...}");
  }
}

void Runner::broken(std::size_t t, std::string_view of, const char* identity, double left, double right) const {
  throw result::InvariantViolation("period " + std::to_string(t + 1) + ", " + std::string(of) + ": " + identity +
                                   " does not hold: " + dollars(left) + " against " + dollars(right));
}

// What the classes come to in a period, and whether each rolls from its beginning to its end.
Runner::ClassTotals Runner::add_classes(std::size_t t) const {
  ClassTotals all;
  for (int c = 0; c < classes_; ++c) {
    const deal::BondClass& bond = deal_.classes[static_cast<std::size_t>(c)];
    const double* s = state_.of_class(c);
    all.cash += s[deal::class_interest_paid] + s[deal::class_unpaid_interest_paid] + s[deal::class_basis_risk_paid] +
                s[deal::class_principal_paid] + s[deal::class_allocated_loss_paid] + s[deal::class_premium_paid];
    if (bond.is_notional) continue;
    const double change = s[deal::class_accrued] - s[deal::class_principal_paid] - s[deal::class_written_down] +
                          s[deal::class_written_up];
    all.change += change;
    all.balance += s[deal::class_balance];
    all.principal += s[deal::class_principal_paid];
    all.accrued += s[deal::class_accrued];
    all.written_down += s[deal::class_written_down] - s[deal::class_written_up];
    hold(t, bond.name, "beginning + accrued - principal - written down + written up = ending",
         s[deal::class_beginning] + change, s[deal::class_balance], tolerance_);
  }
  return all;
}

void Runner::check_cash(std::size_t t, const ClassTotals& classes) const {
  double in = pool(deal::pool_net_interest) + pool(deal::pool_principal) + slot(deal::slot_call_proceeds) +
              slot(deal::slot_hedge_net) + slot(deal::slot_cap_receipts);
  double out = classes.cash;
  for (int p = 0; p < parties_; ++p) out += slot(deal_.party_slot + p);
  for (int a = 0; a < accounts_; ++a) {
    const double* s = state_.of_account(a);
    in += s[deal::account_interest];
    out += s[deal::account_balance] - s[deal::account_beginning];
  }
  hold(t, deal_.name, "net interest + principal + call proceeds + hedges + caps + account interest = classes + parties + change of accounts",
       in, out, tolerance_);
}

void Runner::check_accounts(std::size_t t) const {
  for (int a = 0; a < accounts_; ++a) {
    const double* s = state_.of_account(a);
    const double rolled = s[deal::account_beginning] + s[deal::account_interest] + s[deal::account_deposits] - s[deal::account_draws];
    hold(t, deal_.accounts[static_cast<std::size_t>(a)].name, "beginning + interest + deposits - draws = ending", rolled,
         s[deal::account_balance], tolerance_);
  }
}

// Pool less classes moves only by what the pool lost without paying, write-downs, write-ups, and principal paid beyond the pool's.
void Runner::check_balances(std::size_t t, const ClassTotals& classes) {
  const double pool_decline = pool(deal::pool_beginning) - out_.pool_ending_balance[t];
  const double found = out_.pool_ending_balance[t] - classes.balance;
  hold(t, deal_.name, "pool less classes before - decline of the pool - change of the classes = pool less classes",
       prior_pool_less_classes_ - pool_decline - classes.change, found, tolerance_);
  out_.overcollateralization[t] = found;
}

// Who bore the realized losses. What overcollateralization bore comes from balances, the rest from flows.
void Runner::attribute_losses(std::size_t t, const ClassTotals& classes, double redeemed) {
  const double pool_paid = pool(deal::pool_principal) - pool(deal::pool_subsequent_recoveries) + redeemed;
  const double oc = out_.overcollateralization[t];
  out_.losses_by_excess[t] = classes.principal - classes.accrued - pool_paid;
  out_.losses_by_oc[t] = prior_pool_less_classes_ - oc;
  out_.losses_written_down[t] = classes.written_down;
  losses_borne_ += out_.losses_by_excess[t] + classes.written_down;
  const double tolerance = std::max(kTolerance, 1e-15 * static_cast<double>(t + 1) * in_.collateral.total.cut_off_balance);
  hold(t, deal_.name, "realized losses to date = borne by excess cash flow + by overcollateralization + by the classes",
       pool(deal::pool_losses_to_date), losses_borne_ + (first_pool_less_classes_ - oc), tolerance);
  prior_pool_less_classes_ = oc;
}

void Runner::fail(std::size_t t, const std::string& what, const std::string& remedy) {
  issues_.push_back(result::error({deal_.file, 0, 0},
                                  "in period " + std::to_string(t + 1) + " (" +
                                      calendar::to_iso(in_.schedule[t].payment) + ") " + what, remedy));
}

}  // namespace spillway::waterfall
