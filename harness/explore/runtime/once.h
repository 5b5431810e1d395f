// What is to be done once.
#pragma once

namespace redflag::explore {

/// At the beginning of an execution: nobody is at anything.
void forget_initializations();

}  // namespace redflag::explore
