"""W1 in NumPy: every month one step over all loans."""
import os

import numpy as np

NUMBERS = ("balance", "rate", "fee", "margin", "first_cap", "periodic_cap", "max_rate", "min_rate", "rounding")
WHOLE = ("term", "amortization", "age", "interest_only", "first", "group", "fixings_row", "roll", "reset", "lag")
NEVER = 1 << 20


def load(folder):
    def column(name):
        return np.fromfile(os.path.join(folder, name + ".f64"))

    loans = {name: column(name) for name in NUMBERS}
    loans |= {name: column(name).astype(np.int32) for name in WHOLE}
    tables = max(1, loans["fixings_row"].max() + 1)
    return loans, column("fixings").reshape(tables, -1), column("smm").reshape(loans["group"].max() + 1, -1), column("totals")


def payment_of(balance, monthly_rate, payments):
    with np.errstate(divide="ignore", invalid="ignore"):
        level = balance * monthly_rate / (1 - (1 + monthly_rate) ** -payments)
    return np.where(monthly_rate == 0, balance / payments, level)


def adjust(loans, fixings, rate, cap, adjustment, due):
    """New rates of the loans `due`, whose adjustments are so many months after cut-off."""
    new = fixings[loans["fixings_row"][due], adjustment[due]] + loans["margin"][due]
    step = loans["rounding"][due]
    rounded = np.floor(new / np.where(step > 0, step, 1) + 0.5) * step
    new = np.where(step > 0, rounded, new)
    new = np.clip(new, rate[due] - cap[due], rate[due] + cap[due])
    rate[due] = np.minimum(np.maximum(new, loans["min_rate"][due]), loans["max_rate"][due])
    cap[due] = loans["periodic_cap"][due]
    adjustment[due] += loans["reset"][due]


def project(loans, fixings, smm):
    """Pool sums by month: balance, interest, fees, scheduled and prepaid principal."""
    balance, rate, cap = loans["balance"].copy(), loans["rate"].copy(), loans["first_cap"].copy()
    adjustment = loans["roll"].copy()
    change = np.where(loans["fixings_row"] < 0, NEVER, adjustment + 1 + loans["lag"])
    payment = np.zeros_like(balance)
    last_interest_only = loans["interest_only"] - loans["age"]
    starts = np.maximum(loans["first"], last_interest_only + 1)
    months = loans["term"].max()
    sums = np.zeros((5, months))
    for t in range(1, months + 1):
        alive = loans["term"] >= t
        due = np.flatnonzero((change == t) & alive)
        if due.size:
            adjust(loans, fixings, rate, cap, adjustment, due)
            change[due] = adjustment[due] + 1 + loans["lag"][due]
        monthly_rate = rate / 12
        recast = np.flatnonzero(alive & (starts <= t) & ((starts == t) | (change - loans["reset"] == t)))
        if t == 1 or recast.size:
            recast = np.flatnonzero(starts <= t) if t == 1 else recast
            payment[recast] = payment_of(balance[recast], monthly_rate[recast], loans["amortization"][recast] - t + 1)
        paying = alive & (loans["first"] <= t)
        interest = np.where(paying, balance * monthly_rate, 0)
        principal = np.where(paying & (last_interest_only < t), np.minimum(payment - interest, balance), 0)
        principal = np.where(loans["term"] == t, balance, principal)
        speed = np.where(paying, smm[loans["group"], loans["age"] + t], 0)
        prepaid = (balance - principal) * speed
        charged = balance * loans["fee"] / 12
        sums[0, t - 1] = balance.sum()
        sums[1, t - 1] = interest.sum()
        sums[2, t - 1] = (charged if t == 1 else charged[paying]).sum()
        sums[3, t - 1] = principal.sum()
        sums[4, t - 1] = prepaid.sum()
        balance -= principal + prepaid
        payment *= 1 - speed
    return sums
