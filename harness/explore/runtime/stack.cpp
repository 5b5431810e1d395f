#include "explore/runtime/stack.h"

#include <link.h>
#include <unwind.h>

namespace redflag::explorer {
namespace {

_Unwind_Reason_Code add_frame(_Unwind_Context* context, void* data) {
  auto& stack = *static_cast<StackTrace*>(data);
  if (stack.size == StackTrace::most_frames) return _URC_END_OF_STACK;
  int interrupted = 0;  // by a signal, at that very instruction: else it is the one behind a call
  const std::uint64_t address = _Unwind_GetIPInfo(context, &interrupted);
  stack.frames[stack.size++] = interrupted != 0 ? address + 1 : address;
  return _URC_NO_REASON;
}

const Module* unwinder = nullptr;

bool is_in(const Module& module, std::uint64_t address) {
  return module.begin <= address && address < module.end;
}

int add_module(dl_phdr_info* info, std::size_t, void* data) {
  auto& page = *static_cast<Page*>(data);
  if (page.module_count == Page::most_modules) return 1;
  Module& module = page.modules[page.module_count++];
  module.begin = ~std::uint64_t{0};
  module.end = 0;
  module.base = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD) continue;
    const std::uint64_t begin = info->dlpi_addr + part.p_vaddr;
    if (begin < module.begin) module.begin = begin;
    if (begin + part.p_memsz > module.end) module.end = begin + part.p_memsz;
  }
  std::size_t i = 0;
  for (; i + 1 < sizeof module.path && info->dlpi_name[i] != '\0'; ++i)
    module.path[i] = info->dlpi_name[i];
  module.path[i] = '\0';
  const bool is_program = module.path[0] == '\0';
  if (!is_program && is_in(module, reinterpret_cast<std::uint64_t>(&_Unwind_Backtrace)))
    unwinder = &module;
  return 0;
}

bool equal(const StackTrace& a, const StackTrace& b) {
  if (a.size != b.size) return false;
  for (std::size_t i = 0; i < a.size; ++i) {
    if (a.frames[i] != b.frames[i]) return false;
  }
  return true;
}

}  // namespace

void fill_stack(StackTrace& stack) {
  stack.size = 0;
  _Unwind_Backtrace(add_frame, &stack);
}

std::uint32_t note_stack(Page& page) {
  if (page.stack_count == Page::most_stacks) return no_stack;
  StackTrace& stack = page.stacks[page.stack_count];
  fill_stack(stack);
  const StackTrace& before = page.stacks[page.stack_count - 1];
  if (page.stack_count > 1 && equal(before, stack)) return page.stack_count - 1;
  return page.stack_count++;
}

void note_modules(Page& page) {
  page.module_count = 0;
  dl_iterate_phdr(add_module, &page);
}

bool is_unwinder(const void* caller) {
  return unwinder != nullptr && is_in(*unwinder, reinterpret_cast<std::uint64_t>(caller));
}

}  // namespace redflag::explorer
