#include "quantlib_bonds.h"

#include <ql/cashflows/coupon.hpp>
#include <ql/indexes/ibor/usdlibor.hpp>
#include <ql/instruments/bonds/amortizingfixedratebond.hpp>
#include <ql/instruments/bonds/amortizingfloatingratebond.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/yield/zerocurve.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/thirty360.hpp>
#include <ql/time/schedule.hpp>
#include <cmath>
#include <memory>

namespace bench {

namespace {

using namespace QuantLib;

// A bond's notional in each month: the loan's balance at its first rate, were nothing prepaid.
std::vector<Real> notionals_of(const ScalarLoan& loan) {
  std::vector<Real> notionals;
  const double i = loan.rate / 12;
  const double payment = i > 0 ? loan.balance * i / (1 - std::pow(1 + i, -loan.amortization)) : loan.balance / loan.amortization;
  double balance = loan.balance;
  for (int t = 1; t <= loan.term; ++t) {
    notionals.push_back(balance);
    balance = std::max(0.0, balance * (1 + i) - payment);
  }
  return notionals;
}

struct BondTerms {
  ScalarLoan loan;
  std::vector<Real> notionals;
};

struct Market {
  Date start{1, January, 2004};
  DayCounter day_count = Thirty360(Thirty360::BondBasis);
  Handle<YieldTermStructure> curve;

  Market() {
    Settings::instance().evaluationDate() = start;
    std::vector<Date> dates;
    std::vector<Rate> zeros;
    for (int year = 0; year <= 45; ++year) {
      dates.push_back(start + year * Years);
      zeros.push_back(0.012 + 0.035 * (1 - std::exp(-year * 12 / 40.0)));
    }
    curve = Handle<YieldTermStructure>(ext::make_shared<ZeroCurve>(dates, zeros, Actual365Fixed()));
  }
};

// Builds the bond and adds up its cash flows; gives the principal among them.
double run_bond(const BondTerms& terms, const Market& market, const ext::shared_ptr<IborIndex>& index) {
  const Schedule schedule(market.start, market.start + terms.loan.term * Months, Period(Monthly), NullCalendar(),
                          Unadjusted, Unadjusted, DateGeneration::Forward, false);
  ext::shared_ptr<Bond> bond;
  if (terms.loan.fixings < 0) {
    bond = ext::make_shared<AmortizingFixedRateBond>(0, terms.notionals, schedule, std::vector<Rate>{terms.loan.rate},
                                                     market.day_count, Unadjusted, market.start);
  } else {
    bond = ext::make_shared<AmortizingFloatingRateBond>(
        0, terms.notionals, schedule, index, market.day_count, Unadjusted, 0, std::vector<Real>{1.0},
        std::vector<Spread>{terms.loan.margin}, std::vector<Rate>{}, std::vector<Rate>{}, false, market.start);
  }
  double cash = 0, principal = 0;
  for (const auto& flow : bond->cashflows()) {
    const double amount = flow->amount();
    cash += amount;
    if (!ext::dynamic_pointer_cast<Coupon>(flow)) principal += amount;
  }
  return cash >= principal ? principal : 0;
}

}  // namespace

QuantLibWork quantlib_work(const ScalarInputs& inputs, std::size_t loans) {
  auto market = std::make_shared<Market>();
  auto bonds = std::make_shared<std::vector<BondTerms>>();
  QuantLibWork work;
  for (std::size_t i = 0; i < loans && i < inputs.loans.size(); ++i) {
    bonds->push_back({inputs.loans[i], notionals_of(inputs.loans[i])});
    work.principal += inputs.loans[i].balance;
    work.loan_months += inputs.loans[i].term;
  }
  work.run = [market, bonds] {
    const auto index = ext::make_shared<IborIndex>("index", 1 * Months, 0, USDCurrency(), NullCalendar(), Unadjusted, false,
                                                   market->day_count, market->curve);
    double principal = 0;
    for (const BondTerms& terms : *bonds) principal += run_bond(terms, *market, index);
    return principal;
  };
  return work;
}

}  // namespace bench
