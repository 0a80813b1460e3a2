// press DIALOG: presses the default button of the system's dialog with this title, in whatever process it is, and ends with 1 if there is
// none. press DIALOG TEXT writes a text into its field for a name before. Keys of xdotool do not reach such dialogs under Wine.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static HWND field;

static BOOL CALLBACK find(HWND w, LPARAM unused) {
	WCHAR class[64];
	GetClassNameW(w, class, 64);
	if (!field && IsWindowVisible(w) && !lstrcmpiW(class, L"Edit"))
		field = w;
	return TRUE;
}

int wmain(int count, WCHAR **args) {
	HWND dialog = FindWindowW(L"#32770", args[1]);
	if (!dialog)
		return 1;
	printf("owner %d\n", GetWindow(dialog, GW_OWNER) != 0);
	if (count > 2) {
		EnumChildWindows(dialog, find, 0);
		if (!field)
			return 2;
		SendMessageW(field, WM_SETTEXT, 0, (LPARAM)args[2]);
	}
	PostMessageW(dialog, WM_COMMAND, IDOK, (LPARAM)GetDlgItem(dialog, IDOK));
	return 0;
}
