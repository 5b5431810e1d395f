// What is to be done once.
#pragma once

namespace redflag::explorer {

/// At the beginning of an execution: nobody is at anything.
void forget_initializations();

}  // namespace redflag::explorer
