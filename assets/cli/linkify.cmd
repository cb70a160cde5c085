@echo off
rem linkify: by Node where there is one, else by the app itself, which takes a little longer.
where /q node
if %errorlevel% equ 0 goto node
"%~dp0..\..\Linkify Tray.exe" %*
exit /b %errorlevel%
:node
node "%~dp0linkify.cjs" %*
exit /b %errorlevel%
