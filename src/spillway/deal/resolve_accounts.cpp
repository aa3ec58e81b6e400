// Accounts: what they hold, what they should hold, and what they earn.

#include <algorithm>

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

constexpr double kHalfCent = 0.005;  // below it, a balance is paid

Program difference(int from, int less) {
  Program program;
  program.code = {{Op::slot, from, 0}, {Op::slot, less, 0}, {Op::subtract, 0, 0}, {Op::constant, 0, 0.0}, {Op::maximum, 0, 0}};
  return program;
}

}  // namespace

void Resolver::add_accounts() {
  deal_.accounts.reserve(definition_.accounts.size());
  for (std::size_t a = 0; a < definition_.accounts.size(); ++a) {
    const AccountDefinition& written = definition_.accounts[a];
    claim(written.name, "account");
    const int first = deal_.account_slot + account_slot_count * static_cast<int>(a);
    deal_.accounts.push_back({written.name.text, first, written.opening});
    for (int slot : {account_balance, account_beginning}) {
      deal_.initial_slots[static_cast<std::size_t>(first + slot)] = written.opening;
    }
    Fund fund;
    fund.name = written.name.text;
    fund.beginning_slot = first + account_beginning;
    fund.remaining_slot = first + account_balance;
    fund.draws_on = {static_cast<int>(deal_.funds.size())};
    fund.account = static_cast<int>(a);
    deal_.funds.push_back(std::move(fund));
    name_account(written, a);
  }
}

void Resolver::name_account(const AccountDefinition& written, std::size_t position) {
  const Account& account = deal_.accounts[position];
  add_account_names(names_, account);
  names_.add_pending(account.name + ".target", [this, &written, &account] { return build_account_target(written, account); });
  names_.add_pending(account.name + ".interest",
                     [this, &written, &account] { return build_account_interest(written, account); });
  const auto moving = [this, &account](int from, int less) {
    const auto target = names_.find(account.name + ".target", "");
    if (target->broken) return broken_symbol(Type::money);
    Symbol symbol = make_symbol(Type::money, -1, true);
    symbol.inlined = difference(account.first_slot + from, account.first_slot + less);
    return symbol;
  };
  names_.add_pending(account.name + ".shortfall", [moving] { return moving(account_target, account_balance); });
  names_.add_pending(account.name + ".excess", [moving] { return moving(account_balance, account_target); });
}

// The larger of target and floor; 0 once the classes or the collateral are gone, and when all is redeemed.
Symbol Resolver::build_account_target(const AccountDefinition& written, const Account& account) {
  const int stated = account.first_slot + account_stated_target, floor = account.first_slot + account_floor;
  const bool broken = assign(stated, Type::money, written.target, "").broken;
  if (written.floor && assign(floor, Type::money, *written.floor, "").broken) return broken_symbol(Type::money);
  if (broken) return broken_symbol(Type::money);
  names_.find("call.exercised", "");
  Program target;
  target.code = {{Op::slot, slot_classes_beginning, 0}, {Op::constant, 0, kHalfCent}, {Op::greater, 0, 0},
                 {Op::slot, deal_.pool_slot + pool_ending, 0}, {Op::constant, 0, kHalfCent}, {Op::greater, 0, 0},
                 {Op::both, 0, 0}};
  if (deal_.call_part >= 1.0) {
    for (const Instruction& step : {Instruction{Op::slot, slot_call_exercised, 0}, Instruction{Op::negation, 0, 0},
                                    Instruction{Op::both, 0, 0}}) {
      target.code.push_back(step);
    }
  }
  for (const Instruction& step : {Instruction{Op::slot, stated, 0}, Instruction{Op::slot, floor, 0},
                                  Instruction{Op::maximum, 0, 0}, Instruction{Op::constant, 0, 0.0},
                                  Instruction{Op::maximum, 0, 0}, Instruction{Op::constant, 0, 0.0},
                                  Instruction{Op::choose, 0, 0}}) {
    target.code.push_back(step);
  }
  return assign_program(account.first_slot + account_target, Type::money, std::move(target));
}

Symbol Resolver::build_account_interest(const AccountDefinition& written, const Account& account) {
  const int slot = account.first_slot + account_interest;
  if (!written.earns) return make_symbol(Type::money, slot);
  const int rate = account.first_slot + account_rate;
  if (assign(rate, Type::rate, *written.earns, "").broken) return broken_symbol(Type::money);
  Program interest;
  interest.code = {{Op::slot, rate, 0}, {Op::slot, account.first_slot + account_beginning, 0}, {Op::multiply, 0, 0},
                   {Op::slot, slot_year_fraction, 0}, {Op::multiply, 0, 0}, {Op::constant, 0, 0.0}, {Op::maximum, 0, 0}};
  return assign_program(slot, Type::money, std::move(interest));
}

// A step that pays into an account does not draw on it.
void Resolver::leave_out_own_source(Step& step, const StepDefinition& written) {
  if (step.pay != Pay::deposit) return;
  const std::size_t sources = step.funds.size();
  const auto pays_into = [](const auto& self, const Node& node, int account) -> bool {
    if (node.account == account) return true;
    for (const Node& child : node.children) {
      if (self(self, child, account)) return true;
    }
    return false;
  };
  std::erase_if(step.funds, [&](int fund) {
    const int account = deal_.funds[static_cast<std::size_t>(fund)].account;
    return account >= 0 && pays_into(pays_into, step.to, account);
  });
  if (sources > 0 && step.funds.empty()) {
    fail(written.where, "the step draws on nothing but the account it pays into", "name a fund under 'from'");
  }
}

// Where a deposit goes: `position` of the account, -1 if the name is none.
Node Resolver::account_leaf(const Text& name, int position, const StepDefinition& step) {
  Node made;
  made.receiver = -1;
  made.account = position;
  if (position >= 0 && step.pay == Pay::deposit) return made;
  if (position >= 0) {
    fail(name.where, name.text + " is an account, and takes only deposits", "write pay: deposit");
    return made;
  }
  std::vector<std::string> accounts;
  for (const Account& account : deal_.accounts) accounts.push_back(account.name);
  const std::vector<std::string> others = receivers();
  const bool known = std::find(others.begin(), others.end(), name.text) != others.end();
  fail(name.where, known ? "a deposit goes to an account, and " + name.text + " is none" : "no account is called " + name.text,
       known ? "list it under accounts, or choose what the step pays" : result::suggestion(name.text, accounts));
  return made;
}

}  // namespace spillway::deal
