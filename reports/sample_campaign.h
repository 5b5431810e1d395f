// Hand-made campaigns for the tests of the reports.
#pragma once

#include <string>

#include "model/campaign.h"

namespace redflag::reports {

/// Every verdict and every status, two compilers, findings with and without stacks.
Campaign sample_campaign();

/// Two variants in one mode, both as expected.
Campaign good_campaign();

/// sample_campaign() with `poison` added to every text in it.
Campaign poisoned_campaign(const std::string& poison);

}  // namespace redflag::reports
