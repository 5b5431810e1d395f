// make-logs: asan
namespace {
volatile int sink;
int table[10];
int* volatile row = table;
int at(int index) { return row[index]; }
}  // namespace
int main() { sink = at(10); }
