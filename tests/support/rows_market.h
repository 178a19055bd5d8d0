/*
 * rows_market.h: more of DEAL_ISV's catalogue, for offers of every option. Not in deal_market,
 * whose few plans many tests count.
 *
 * All are public and on sale:
 * - meters (SaaS): plan max: term-1 500.00, term-36 36,000.00 in annual payments, meter-emails 1.00
 *   (10 included in a month, unlimited in 3 years) and meter-calls 0.05; plan lite: term-1 50.00;
 * - plain (virtual machine, flat rate): plan one: 1.00 an hour, reserved at 30 % and 50 % off; plan
 *   hourly: 1.00 an hour, never reserved;
 * - cores (virtual machine, per vCPU): plan each: 0.50 an hour and vCPU, reserved for 1 year at 30
 * % off, and not for 3;
 * - sizes (virtual machine, per vCPU size): plan some: 2 vCPU 0.90, 4 vCPU 1.75 an hour, reserved
 *   for 3 years at 50 % off, and not for 1.
 */
#ifndef SUPPORT_ROWS_MARKET_H
#define SUPPORT_ROWS_MARKET_H

#include "support/deal_market.h"

void rows_market_add(struct deal_market *market);

#endif
