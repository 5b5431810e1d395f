#include "program/reports.h"

namespace redflag {
namespace {
StatusPage* page_of_reports = nullptr;
}

void note_reports_on(StatusPage& page) { page_of_reports = &page; }

}  // namespace redflag

// Called by ThreadSanitizer's runtime (GCC's and Clang's) for every report, in the thread that
// found it. Without the sanitizer nobody calls it.
extern "C" void __tsan_on_report(void*);   // NOLINT(bugprone-reserved-identifier): its name for it
extern "C" void __tsan_on_report(void*) {  // NOLINT(bugprone-reserved-identifier)
  redflag::StatusPage* page = redflag::page_of_reports;
  if (page == nullptr) return;
  std::uint64_t none = 0;
  page->first_report.compare_exchange_strong(none, page->started);
}
